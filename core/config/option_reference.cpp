// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/option_table.h"
#include "core/config/option_value.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace headroom {
namespace {

constexpr std::string_view introduction = R"(# Configurations

A configuration is a YAML file of sections and options. An option that it leaves out keeps the default below: the
model, loss and optimizer of the paper. `headroom train --config FILE --set key=value` changes single options.
`headroom options` prints this page.

| file | contents |
|---|---|
| `paper.yaml` | the configuration of arXiv 2508.14556 as its published code trains it: 60 segments per update, 6,000 per epoch; the comment at its top lists the differences |
| `paper-8gib.yaml`, `paper-6gib.yaml`, `paper-4gib.yaml` | the same training for cards of that size: layers are recomputed in the backward pass, in slices |
| `paper-3gib.yaml` | the same, with the inputs of the layers in host memory |
| `guide-before.yaml` | the starting point of the guide for 32 GB cards: the paper's configuration in fp32, without EMA |
| `guide-after.yaml` | the configuration that the guide arrives at |
| `guide-minimum.yaml` | the guide's last resort |
| `demo.yaml` | a small model that learns within minutes on two CPU cores |

*Takes effect* is when a change applies: at the next step of a run in progress, when a run is resumed, or only in a
new run. *Guide* lists the values of the guide: before, after, and further.
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
            text += fmt::format(
                "\n## {}\n\n| option | meaning | allowed | default | affects | takes effect | guide |\n"
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
