package dev.waypost.layer.template;

import dev.waypost.RecordSet;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Record;

/** Fills the templates of a rule for one query, and tells what could not be filled. */
record Filling(TemplateRule rule, TemplateData data, TemplateEvents events) {
    List<RecordSet> sets(String section, List<TemplateText> templates) {
        List<Record> records = new ArrayList<>(templates.size());
        for (TemplateText template : templates) {
            records.add(record(section, template));
        }
        return TemplateRecords.sets(records);
    }

    private Record record(String section, TemplateText template) {
        String text;
        try {
            text = template.filled(data.value());
        } catch (TemplateFault fault) {
            events.notFilled(rule, data.zone(), section, template);
            throw fault;
        }
        try {
            return TemplateRecords.read(text);
        } catch (TemplateFault fault) {
            events.noRecord(rule, data.zone(), section, template);
            throw fault;
        }
    }
}
