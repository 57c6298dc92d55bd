#include "app/command.h"
#include "app/print.h"
#include "core/config/knob_table.h"
#include "core/config/knob_value.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace headroom::app {
namespace {

std::string knobsJson() {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const Knob& knob : knobTable())
        list.push_back({{"key", knob.key},
                        {"description", knob.description},
                        {"allowed", allowedValues(knob)},
                        {"unit", knob.unit},
                        {"default", formatKnobValue(knob.defaultValue())},
                        {"acts", takesEffectText(knob.takesEffect)}});
    return list.dump();
}

} // namespace

void addKnobsCommand(CLI::App& program, Context&) {
    const auto json = std::make_shared<bool>(false);
    CLI::App* command =
        program.add_subcommand("knobs", "Print all that a configuration may hold, as a table in Markdown");
    command->add_flag("--json", *json,
                      "One line of JSON: a list of key, description, allowed, unit, default, acts");
    command->callback([json] {
        if (*json)
            printJson(knobsJson());
        else
            print("{}", knobReference());
    });
}

} // namespace headroom::app
