// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/mamba2_mixer.h"

#include "core/model/model_shape.h"

namespace headroom {

MixerShape mixerShape(const ModelShape& shape) {
    return {shape.hiddenDim, shape.innerDim(), shape.dState, shape.headdim, shape.dConv};
}

MixerParameters makeMixerParameters(const MixerShape& shape, const std::string& prefix,
                                    Initialization& init) {
    MixerParameters parameters;
    parameters.dtBias = init.timeStepBias(prefix + "dt_bias", shape.heads(), 1e-3, 0.1);
    parameters.aLog = init.logUniform(prefix + "A_log", shape.heads(), 1, 16);
    parameters.d = init.constant(prefix + "D", {shape.heads()}, 1);
    parameters.inProj =
        init.linear(prefix + "in_proj.weight", {shape.projectedDim(), shape.modelDim}, shape.modelDim);
    parameters.convWeight =
        init.fanIn(prefix + "conv1d.weight", {shape.convDim(), 1, shape.dConv}, shape.dConv);
    parameters.convBias = init.fanIn(prefix + "conv1d.bias", {shape.convDim()}, shape.dConv);
    parameters.norm = init.constant(prefix + "norm.weight", {shape.innerDim}, 1);
    parameters.outProj =
        init.linear(prefix + "out_proj.weight", {shape.modelDim, shape.innerDim}, shape.innerDim);
    return parameters;
}

} // namespace headroom
