#include "core/config/option_table.h"
#include "core/config/option_value.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace headroom {
namespace {

constexpr std::string_view introduction = R"(# Configurations

A configuration is a YAML file of sections and keys. What it does not name keeps the default below: the paper's model,
loss and optimizer. `headroom train --config FILE --set key=value` changes single keys. `headroom knobs` prints this page.

| file | what it is |
|---|---|
| `paper.yaml` | the setting of arXiv 2508.14556, as its published code trains: updates of 60 segments, epochs of 6,000; its head says in what it differs |
| `paper-8gib.yaml`, `paper-6gib.yaml`, `paper-4gib.yaml` | the same training for cards of that size: its layers are computed twice, in slices |
| `paper-3gib.yaml` | the same, with the layers' inputs in the computer's memory |
| `guide-before.yaml` | what the guide for 32 GB cards starts from: the paper's setting in fp32, without moving average |
| `guide-after.yaml` | what that guide arrives at |
| `guide-minimum.yaml` | its last resort |
| `demo.yaml` | a small model that learns within minutes on two processor cores |

*Acts* says when a change takes effect: at the next step of a run that is going, when a run is carried on, or only in
a new run. *Guide* is what the guide sets: before, after, and further.
)";

std::string affectsText(const Affects& affects) {
    std::vector<std::string> parts;
    if (affects.memory)
        parts.emplace_back("memory");
    if (affects.speed)
        parts.emplace_back("speed");
    if (affects.quality)
        parts.emplace_back("quality");
    return fmt::format("{}", fmt::join(parts, ", "));
}

} // namespace

std::string optionReference() {
    std::string text(introduction);
    std::string section;
    for (const Option& option : optionTable()) {
        if (option.section() != section) {
            section = option.section();
            text += fmt::format("\n## {}\n\n| key | meaning | allowed | default | affects | acts | guide |\n"
                                "|---|---|---|---|---|---|---|\n",
                                section);
        }
        text += fmt::format("| `{}` | {} | {} | `{}` | {} | {} | {} |\n", option.name(), option.description,
                            allowedValues(option), formatOptionValue(option.defaultValue()),
                            affectsText(option.affects), takesEffectText(option.takesEffect), option.guide);
    }
    return text;
}

} // namespace headroom
