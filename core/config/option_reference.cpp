// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/model_kind.h"
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
| `paper-24gib.yaml`, `paper-32gib.yaml`, `paper-80gib.yaml` | the same training for cards of that size: mixers keep more activations and recompute less, which is faster |
| `paper-8gib.yaml`, `paper-6gib.yaml`, `paper-4gib.yaml` | the same training for cards of that size: layers are recomputed in the backward pass, in slices |
| `paper-3gib.yaml` | the same, with the inputs of the layers in host memory |
| `guide-before.yaml` | the starting point of the guide for 32 GB cards: the paper's configuration in fp32, without EMA |
| `guide-after.yaml` | the configuration that the guide arrives at |
| `guide-minimum.yaml` | the guide's last resort |
| `bs-roformer.yaml`, `mel-band-roformer.yaml` | RoFormers of the widely used sizes, to fine-tune published weights on a card of 8 GiB: layers are recomputed in the backward pass |
| `bs-roformer-12gib.yaml`, `bs-roformer-24gib.yaml`, `mel-band-roformer-12gib.yaml`, `mel-band-roformer-16gib.yaml` | the same training for cards of at least that size: fewer layers are recomputed, or none |
| `bs-roformer-musdb18.yaml`, `mel-band-roformer-musdb18.yaml` | smaller RoFormers, commonly trained on MUSDB18 alone |
| `demo.yaml` | a small model that learns within minutes on two CPU cores |

Options of another kind of model than `model.kind` are an error in a file; the table names the kinds
that have such an option.

*Takes effect* is when a change applies: at the next step of a run in progress, when a run is resumed, or only in a
new run. *Guide* lists the values of the guide: before, after, and further.
)";

/// Names the models of an option that not all have.
std::string modelsText(const Option& option) {
    if (option.kinds.empty())
        return {};
    std::vector<std::string> names;
    for (const ModelKind kind : option.kinds)
        names.push_back(fmt::format("`{}`", modelKindName(kind)));
    return fmt::format(" ({} only)", fmt::join(names, ", "));
}

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
        text +=
            fmt::format("| `{}` | {}{} | {} | `{}` | {} | {} | {} |\n", option.name(), option.description,
                        modelsText(option), allowedValues(option), formatOptionValue(option.defaultValue()),
                        affectsText(option.affects), takesEffectText(option.takesEffect), option.guide);
    }
    return text;
}

} // namespace headroom
