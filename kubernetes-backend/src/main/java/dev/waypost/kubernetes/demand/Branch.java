package dev.waypost.kubernetes.demand;

import dev.waypost.kubernetes.model.ApiObject;
import dev.waypost.kubernetes.model.ObjectStore;
import dev.waypost.kubernetes.model.ResourceKind;
import dev.waypost.kubernetes.snapshot.Extent;
import java.util.function.Function;

/**
 * How objects of one kind are asked for and where they go.
 *
 * @param kind what to list and watch for a part of the cluster
 * @param store where objects of that part go
 */
public record Branch<T extends ApiObject>(
        Function<Extent, ResourceKind<T>> kind, Function<Extent, ObjectStore<T>> store) {}
