#include "core/model/dual_path.h"

#include "core/model/gated_scan.h"
#include "core/model/model_shape.h"
#include "core/model/recompute.h"
#include "core/model/row_norm.h"

#include <ATen/ATen.h>

namespace headroom {
namespace {

constexpr double normEps = 1e-5;

} // namespace

BidirectionalBlock::BidirectionalBlock(const ModelShape& shape, const std::string& prefix,
                                       Initialization& init)
    : shape_(mixerShape(shape)), forward_(makeSide(prefix + "forward_blocks.0.", init)),
      backward_(makeSide(prefix + "backward_blocks.0.", init)),
      weight_(
          init.fanIn(prefix + "linear.weight", {2 * shape.hiddenDim, shape.hiddenDim, 1}, shape.hiddenDim)),
      bias_(init.fanIn(prefix + "linear.bias", {shape.hiddenDim}, shape.hiddenDim)) {}

BidirectionalBlock::Side BidirectionalBlock::makeSide(const std::string& prefix, Initialization& init) const {
    const at::Tensor norm = init.constant(prefix + "norm.weight", {shape_.modelDim}, 1);
    return {norm, makeMixerParameters(shape_, prefix + "mixer.", init)};
}

std::vector<at::Tensor> BidirectionalBlock::parameters() const {
    std::vector<at::Tensor> all;
    for (const Side* side : {&forward_, &backward_}) {
        const MixerParameters& m = side->mixer;
        all.insert(all.end(), {side->norm, m.dtBias, m.aLog, m.d, m.inProj, m.convWeight, m.convBias, m.norm,
                               m.outProj});
    }
    all.insert(all.end(), {weight_, bias_});
    return all;
}

at::Tensor BidirectionalBlock::forward(const at::Tensor& u, at::ScalarType activations) const {
    // Both directions read the same normalised rows, so their projections are one product once the gains of
    // the norms are in the weights. Behind the scans, each direction's out_proj and its half of `weight` are
    // one product likewise; what is left of the inner residuals is u (W1 + W2).
    const auto gained = [](const Side& side) { return side.mixer.inProj * side.norm; };
    const at::Tensor inProj = at::cat({gained(forward_), gained(backward_)}).to(activations);
    const at::Tensor projected = at::matmul(rmsNormalized(u, normEps), inProj.t());
    const auto scanned = gatedScan(
        projected, shape_, {{&forward_.mixer, Direction::Forward}, {&backward_.mixer, Direction::Backward}});

    const auto halves = at::chunk(weight_.squeeze(-1), 2);
    const auto outProj = [&](const Side& side, const at::Tensor& half) {
        const at::Tensor gainedOut = (side.mixer.outProj * side.mixer.norm).to(activations);
        return at::matmul(gainedOut.t(), half.to(activations));
    };
    const at::Tensor tokens = u.flatten(0, 1);
    at::Tensor sum = at::addmm(bias_.to(activations), tokens, (halves[0] + halves[1]).to(activations));
    sum = at::addmm(sum, scanned[0].flatten(0, 1), outProj(forward_, halves[0]));
    sum = at::addmm(sum, scanned[1].flatten(0, 1), outProj(backward_, halves[1]));
    return (sum + tokens).view(u.sizes());
}

DualPathLayer::DualPathLayer(const ModelShape& shape, const std::string& prefix, Initialization& init)
    : time_(shape, prefix + "0.", init), bands_(shape, prefix + "1.", init) {}

at::Tensor DualPathLayer::forward(const at::Tensor& tokens, at::ScalarType activations) const {
    const auto sizes = tokens.sizes();
    const at::Tensor alongTime =
        time_.forward(tokens.reshape({sizes[0] * sizes[1], sizes[2], sizes[3]}), activations);
    const at::Tensor turned = alongTime.view(sizes).permute({1, 2, 0, 3});
    const at::Tensor alongBands =
        bands_.forward(turned.reshape({sizes[1] * sizes[2], sizes[0], sizes[3]}), activations);
    return alongBands.view(turned.sizes()).permute({2, 0, 1, 3});
}

at::Tensor DualPathLayer::forwardRecomputed(const at::Tensor& tokens, at::ScalarType activations) const {
    auto parameters = time_.parameters();
    const auto rest = bands_.parameters();
    parameters.insert(parameters.end(), rest.begin(), rest.end());
    return recomputed([this, activations](const at::Tensor& input) { return forward(input, activations); },
                      tokens, parameters);
}

} // namespace headroom
