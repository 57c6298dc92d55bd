#include "core/model/mamba2_mixer.h"

#include "core/model/model_shape.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>

namespace headroom {
namespace {

constexpr double kNormEps = 1e-5;

at::Tensor quadraticScan(const at::Tensor& x, const at::Tensor& dt, const at::Tensor& a, const at::Tensor& b,
                         const at::Tensor& c) {
    const auto length = x.size(1);
    const at::Tensor sums = at::cumsum(dt * a, 1).transpose(1, 2); // rows, H, L
    const at::Tensor mask = at::ones({length, length}, x.options().dtype(at::kBool)).tril();
    const at::Tensor decay =
        (sums.unsqueeze(-1) - sums.unsqueeze(-2)).masked_fill(mask.logical_not(), -INFINITY).exp();
    const at::Tensor scores = at::matmul(c, b.transpose(1, 2)).unsqueeze(1) * decay; // rows, H, L, L
    return at::matmul(scores, (x * dt.unsqueeze(-1)).transpose(1, 2)).transpose(1, 2);
}

} // namespace

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
        init.fanIn(prefix + "in_proj.weight", {shape.projectedDim(), shape.modelDim}, shape.modelDim);
    parameters.convWeight =
        init.fanIn(prefix + "conv1d.weight", {shape.convDim(), 1, shape.dConv}, shape.dConv);
    parameters.convBias = init.fanIn(prefix + "conv1d.bias", {shape.convDim()}, shape.dConv);
    parameters.norm = init.constant(prefix + "norm.weight", {shape.innerDim}, 1);
    parameters.outProj =
        init.fanIn(prefix + "out_proj.weight", {shape.modelDim, shape.innerDim}, shape.innerDim);
    return parameters;
}

at::Tensor mamba2Mixer(const at::Tensor& u, const MixerShape& shape, const MixerParameters& p,
                       Direction direction) {
    if (direction == Direction::Backward)
        return at::flip(mamba2Mixer(at::flip(u, {1}), shape, p, Direction::Forward), {1});
    const auto length = u.size(1);
    const auto dtype = u.scalar_type();
    const auto parts = at::split_with_sizes(at::matmul(u, p.inProj.t().to(dtype)),
                                            {shape.innerDim, shape.convDim(), shape.heads()}, -1);
    const at::Tensor convolved =
        at::silu(at::conv1d(parts[1].transpose(1, 2), p.convWeight.to(dtype), p.convBias.to(dtype), 1,
                            shape.dConv - 1, 1, shape.convDim())
                     .narrow(2, 0, length)
                     .transpose(1, 2));
    const auto master = p.aLog.scalar_type();
    const auto xbc =
        at::split_with_sizes(convolved.to(master), {shape.innerDim, shape.dState, shape.dState}, -1);
    const at::Tensor x = xbc[0].unflatten(-1, {shape.heads(), shape.headdim});
    const at::Tensor dt = at::softplus(parts[2].to(master) + p.dtBias);
    const at::Tensor y = quadraticScan(x, dt, -at::exp(p.aLog), xbc[1], xbc[2]) + p.d.unsqueeze(-1) * x;
    const at::Tensor gated = y.flatten(2) * at::silu(parts[0].to(master));
    return at::matmul((rmsNormalized(gated, kNormEps) * p.norm).to(dtype), p.outProj.t().to(dtype));
}

} // namespace headroom
