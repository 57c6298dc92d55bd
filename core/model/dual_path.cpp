// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/dual_path.h"

#include "core/model/affine.h"
#include "core/model/cast.h"
#include "core/model/model_shape.h"
#include "core/model/row_norm.h"
#include "core/model/token_mixer.h"

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
          init.linear(prefix + "linear.weight", {2 * shape.hiddenDim, shape.hiddenDim, 1}, shape.hiddenDim)),
      bias_(init.fanIn(prefix + "linear.bias", {shape.hiddenDim}, shape.hiddenDim)) {}

BidirectionalBlock::Side BidirectionalBlock::makeSide(const std::string& prefix, Initialization& init) const {
    const at::Tensor norm = init.constant(prefix + "norm.weight", {shape_.modelDim}, 1);
    return {norm, makeMixerParameters(shape_, prefix + "mixer.", init)};
}

std::vector<at::Tensor> BidirectionalBlock::parameters() const {
    std::vector<at::Tensor> all;
    for (const Side* side : {&forward_, &backward_}) {
        const MixerParameters& m = side->mixer;
        all.insert(all.end(), {side->norm, m.dtBias, m.aLog, m.d});
        m.inProj.addParametersTo(all);
        all.insert(all.end(), {m.convWeight, m.convBias, m.norm});
        m.outProj.addParametersTo(all);
    }
    weight_.addParametersTo(all);
    all.push_back(bias_);
    return all;
}

std::vector<at::Tensor> BidirectionalBlock::weights(at::ScalarType activations) const {
    // Both directions read the same normalized rows, so with the norm gains folded into the weights their
    // in_proj are a single product. After the scans, out_proj of each direction is folded with its half of
    // `weight`. The inner residuals become u (W1 + W2).
    const auto gained = [](const Side& side) { return side.mixer.inProj.value() * side.norm; };
    const auto halves = at::chunk(weight_.value().squeeze(-1), 2);
    const auto outProj = [&](const Side& side, const at::Tensor& half) {
        const at::Tensor gainedOut = cast(side.mixer.outProj.value() * side.mixer.norm, activations);
        return at::matmul(gainedOut.t(), cast(half, activations));
    };
    std::vector<at::Tensor> all{cast(at::cat({gained(forward_), gained(backward_)}), activations),
                                cast(halves[0] + halves[1], activations), cast(bias_, activations),
                                outProj(forward_, halves[0]), outProj(backward_, halves[1])};
    for (const Side* side : {&forward_, &backward_}) {
        const auto scan = scanSide(side->mixer, Direction::Forward).tensors();
        all.insert(all.end(), scan.begin(), scan.end());
    }
    return all;
}

at::Tensor BidirectionalBlock::forward(const at::Tensor& u, const std::vector<at::Tensor>& weights, Use use,
                                       const LayerRun& run) const {
    const at::Tensor* scan = weights.data() + 5;
    const std::vector<ScanSide> sides{scanSide(scan, Direction::Forward),
                                      scanSide(scan + ScanSide::tensorCount, Direction::Backward)};
    const at::Tensor mixed = mixTokens(rmsNormalized(u, normEps, run.form), shape_, weights[0],
                                       {weights[3], weights[4]}, sides, use, run.form, run.kept);
    return addAffine(mixed, u, weights[1], weights[2]);
}

DualPathLayer::DualPathLayer(const ModelShape& shape, const std::string& prefix, Initialization& init)
    : time_(shape, prefix + "0.", init), bands_(shape, prefix + "1.", init) {}

std::vector<at::Tensor> DualPathLayer::parameters() const {
    std::vector<at::Tensor> all = time_.parameters();
    for (const at::Tensor& parameter : bands_.parameters())
        all.push_back(parameter);
    return all;
}

at::Tensor DualPathLayer::forward(const at::Tensor& tokens, const LayerRun& run) const {
    LayerRun own = run;
    if (infersOnCpu(tokens, run.form))
        own.form = ScanForm::CpuInference;
    const auto ofRows = [&](const BidirectionalBlock& block, std::int64_t rows,
                            SlicedFunction::RowsOf where) {
        return SlicedFunction{.rows = rows,
                              .inputRows = where,
                              .outputRows = where,
                              .outputSizes = tokens.sizes().vec(),
                              .outputType = tokens.scalar_type(),
                              .weights = [&block, type = run.activations] { return block.weights(type); },
                              .compute = {},
                              .parameters = block.parameters(),
                              .offloadInput = run.offloadInput};
    };
    SlicedFunction alongTime = ofRows(time_, tokens.size(0) * tokens.size(1), bandRows);
    alongTime.compute = [this, own](const at::Tensor& u, const auto& weights, SliceCall call) {
        return time_.forward(u, weights, call.use, own);
    };
    SlicedFunction alongBands = ofRows(bands_, tokens.size(1) * tokens.size(2), frameRows);
    alongBands.inputRowDimension = 1;
    alongBands.compute = [this, own](const at::Tensor& u, const auto& weights, SliceCall call) {
        return bands_.forward(u.transpose(0, 1).contiguous(), weights, call.use, own).transpose(0, 1);
    };
    return evaluate(alongBands, evaluate(alongTime, tokens, run.slices), run.slices);
}

} // namespace headroom
