// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/separate/model_weights.h"

#include "core/model/derived_tensors.h"
#include "core/support/error.h"
#include "core/weights/finite_weights.h"

#include <ATen/ATen.h>

#include <set>
#include <utility>

namespace headroom {

ModelWeights readModelWeights(const std::string& file, const NamedTensors& outline, const ModelShape& shape,
                              WeightSet set) {
    ModelWeights weights;
    weights.fit = compareWeights(outline, shape);
    const std::vector<std::string>& fitting = weights.fit.fitting;
    if (fitting.empty())
        throw Error(ErrorKind::Input, "no tensor of the file fits the model", file,
                    "Pass the configuration of its model with --config.");
    const std::set<std::string> wanted(fitting.begin(), fitting.end());
    PublishedWeights given = readPublishedWeights(
        file, [&](const std::string& name) { return wanted.contains(name) || isDerivedTensor(name, shape); },
        set);
    checkDerivedTensors(given.tensors, shape, file);
    if (compareWeights(given.tensors, shape).fitting != fitting)
        throw Error(ErrorKind::Input, "the file was replaced while it was read", file, "Try again.");
    for (const std::string& name : fitting)
        weights.parameters[name] = given.tensors.at(name).to(at::kFloat);
    requireFinite(weights.parameters, file);
    weights.metadata = std::move(given.metadata);
    weights.notices = std::move(given.notices);
    weights.isUnchanged = given.isUnchanged;
    return weights;
}

} // namespace headroom
