// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/trained_parameters.h"

#include "core/model/band_split_model.h"
#include "core/model/model_shape.h"
#include "core/model/parameter_prefix.h"
#include "core/support/error.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

namespace headroom {
namespace {

/// The first parts of all names, as an example of what a prefix looks like: "layers, band_split".
std::string firstParts(const ParameterSet& parameters) {
    std::set<std::string> parts;
    std::string text;
    for (const auto& entry : parameters.entries()) {
        const std::string part = entry.name.substr(0, entry.name.find('.'));
        if (parts.insert(part).second)
            text += (text.empty() ? "" : ", ") + part;
    }
    return text;
}

void requireKnown(const ParameterSet& parameters, const std::vector<std::string>& prefixes) {
    for (const std::string& prefix : prefixes) {
        const bool isKnown = std::ranges::any_of(
            parameters.entries(), [&](const auto& entry) { return hasPrefix(entry.name, prefix); });
        if (!isKnown)
            throw Error(
                ErrorKind::Input,
                fmt::format("training.freeze lists '{}', but no parameter of the model has a name "
                            "that begins with it",
                            prefix),
                {},
                fmt::format("Names begin with one of: {}. They consist of parts between dots, such as "
                            "layers.0, of which a prefix has one or more.",
                            firstParts(parameters)));
    }
}

} // namespace

AdapterOptions adapterOptions(const TrainingConfig& config) {
    return {config.loraRank, config.freeze};
}

ParameterSet trainedParameters(BandSplitModel& model, const TrainingConfig& config) {
    requireKnown(model.parameters(), config.freeze);
    const bool trainsAdapters = config.loraRank > 0;
    ParameterSet trained;
    for (const auto& [name, value] : model.parameters().entries()) {
        value.set_requires_grad(false);
        if (!trainsAdapters && !hasAnyPrefix(name, config.freeze))
            trained.add(name, value);
    }
    for (const auto& [name, value] : model.adapters().entries())
        trained.add(name, value);
    if (trained.size() > 0)
        return trained;
    throw Error(ErrorKind::Input,
                trainsAdapters ? "training.freeze leaves no weight matrix that could have an adapter"
                               : "training.freeze lists all parameters, so there is nothing to train",
                {}, "Remove a prefix from training.freeze.");
}

void requireTrainable(const RunConfig& config) {
    if (config.training.freeze.empty())
        return;
    BandSplitModel model(modelShape(config), at::kMeta, at::kFloat, 0, adapterOptions(config.training));
    trainedParameters(model, config.training);
}

} // namespace headroom
