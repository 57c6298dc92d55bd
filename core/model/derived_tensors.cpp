// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/derived_tensors.h"

#include "core/model/model_shape.h"
#include "core/model/position_names.h"
#include "core/model/positions.h"
#include "core/support/error.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

namespace headroom {
namespace {

/// Equal up to the rounding of half precision, in which weights are sometimes stored.
bool agrees(const at::Tensor& given, const at::Tensor& own) {
    constexpr double tolerance = 1.0 / 128;
    return given.sizes() == own.sizes() &&
           at::allclose(given.to(at::kDouble), own.to(at::kDouble), tolerance, /*atol=*/0);
}

} // namespace

bool isDerivedTensor(const std::string& name, const ModelShape& shape) {
    if (!shape.isRoformer() || !name.starts_with("layers."))
        return false;
    if (!shape.polarPositions)
        return name.ends_with(rotaryName);
    return name.ends_with(polarName) || (name.ends_with(biasName) && name != sharedBias(name));
}

void checkDerivedTensors(const std::map<std::string, at::Tensor>& tensors, const ModelShape& shape,
                         const std::string& file) {
    const at::Tensor frequencies =
        shape.polarPositions ? polarFrequencies(shape.headWidth) : rotaryFrequencies(shape.headWidth);
    for (const auto& [name, given] : tensors) {
        if (!isDerivedTensor(name, shape))
            continue;
        if (!name.ends_with(biasName)) {
            if (!agrees(given, frequencies))
                throw Error(ErrorKind::Input,
                            fmt::format("'{}' has other frequencies of positions than this model", name),
                            file, "Only the usual ones are supported, with a base of 10000.");
            continue;
        }
        const auto shared = tensors.find(sharedBias(name));
        if (shared != tensors.end() && !(given.sizes() == shared->second.sizes() &&
                                         at::equal(given.to(at::kFloat), shared->second.to(at::kFloat))))
            throw Error(
                ErrorKind::Input,
                fmt::format("'{}' differs from '{}', but all layers share one bias", name, shared->first),
                file);
    }
}

} // namespace headroom
