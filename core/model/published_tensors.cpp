// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/published_tensors.h"

#include "core/model/position_names.h"
#include "core/model/positions.h"

#include <ATen/ATen.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace headroom {

TensorMap publishedTensors(TensorMap parameters) {
    constexpr std::string_view gates = "to_gates.weight";
    TensorMap added;
    for (const auto& [name, weight] : parameters) {
        if (!name.ends_with(gates))
            continue;
        const std::string attention = name.substr(0, name.size() - gates.size());
        const std::int64_t heads = weight.size(0);
        const std::int64_t width = parameters.at(attention + "to_qkv.weight").size(0) / (3 * heads);
        const auto bias = parameters.find(sharedBias(attention));
        if (bias == parameters.end()) {
            added[attention + std::string(rotaryName)] = rotaryFrequencies(width);
            continue;
        }
        added[attention + std::string(polarName)] = polarFrequencies(width);
        added[attention + std::string(biasName)] = bias->second;
    }
    parameters.merge(added);
    return parameters;
}

} // namespace headroom
