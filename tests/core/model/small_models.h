// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/model/band_split_model.h"
#include "core/weights/safetensors.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <string>
#include <utility>
#include <vector>

namespace headroom::test {

/// A shape and the name of what is special about it.
struct NamedShape {
    std::string name;
    ModelShape shape;
};

/// Models of three layers of all kinds, with all kinds of blocks, and bands of equal and of different widths.
inline std::vector<NamedShape> smallShapes() {
    const auto base = [](ModelKind kind) {
        ModelShape shape;
        shape.kind = kind;
        shape.hiddenDim = 8;
        shape.numLayers = 3;
        shape.stems = 2;
        shape.channels = 1;
        shape.nFft = 64;
        shape.hopLength = 16;
        shape.dState = 4;
        shape.expand = 2;
        shape.headdim = 4;
        shape.attentionHeads = 2;
        shape.headWidth = 4;
        shape.maskLayers = kind == ModelKind::BsMamba2 ? 2 : 3;
        shape.maskExpansion = kind == ModelKind::BsMamba2 ? 4 : 2;
        if (kind == ModelKind::MelBandRoformer)
            setMelBands(shape, 4, 8000);
        else
            shape.bands = {3, 3, 5, 11, 11};
        return shape;
    };
    ModelShape polar = base(ModelKind::BsRoformer);
    polar.polarPositions = true;
    ModelShape linear = base(ModelKind::MelBandRoformer);
    linear.linearDepth = 1;
    linear.skipConnection = true;
    return {{"BSMamba2", base(ModelKind::BsMamba2)},
            {"BS-RoFormer", base(ModelKind::BsRoformer)},
            {"Mel-Band RoFormer", base(ModelKind::MelBandRoformer)},
            {"polar positions", polar},
            {"linear attention, skip connections", linear}};
}

/// A mixture for these shapes.
inline at::Tensor smallMixture(at::ScalarType dtype) {
    return at::randn({2, 1, 300}, at::detail::createCPUGenerator(3), at::TensorOptions(dtype));
}

/// Runs the model and the backward pass of a loss of its estimates, and returns the estimates.
inline at::Tensor runSmallModel(const BandSplitModel& model) {
    const at::Tensor estimate =
        model.forward(smallMixture(model.parameters().entries()[0].value.scalar_type()));
    const at::Tensor weights = at::randn(estimate.sizes(), at::detail::createCPUGenerator(4),
                                         estimate.options().requires_grad(false));
    (estimate * weights).sum().backward();
    return estimate.detach();
}

/// Gives adapters random values, because with those at the start A has no gradient.
inline void randomize(ParameterSet& adapters) {
    const at::NoGradGuard noGrad;
    const at::Generator generator = at::detail::createCPUGenerator(5);
    for (const auto& entry : adapters.entries())
        entry.value.detach().normal_(0, 0.3, generator);
}

inline TensorMap namedTensors(const ParameterSet& parameters) {
    TensorMap tensors;
    for (const auto& [name, value] : parameters.entries())
        tensors[name] = value.detach();
    return tensors;
}

inline double normOf(const at::Tensor& x) {
    return x.to(at::kDouble).norm().item<double>();
}

} // namespace headroom::test
