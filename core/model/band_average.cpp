// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/band_average.h"

#include "core/model/model_shape.h"

#include <ATen/ATen.h>
#include <ATen/core/LegacyTypeDispatch.h>
#include <torch/csrc/autograd/custom_function.h>

#include <vector>

namespace headroom {
namespace {

using torch::autograd::AutogradContext;
using torch::autograd::Variable;
using torch::autograd::variable_list;

/// Only gathers, in both passes: a card would add numbers scattered into bins in any order.
struct Average : torch::autograd::Function<Average> {
    static at::Tensor forward(AutogradContext* context, const at::Tensor& ofBands, const at::Tensor& low,
                              const at::Tensor& high, const at::Tensor& bin, const at::Tensor& share) {
        const at::AutoDispatchBelowADInplaceOrView below; // only this node is recorded in the graph
        context->save_for_backward({bin, share});
        at::Tensor sum = at::index_select(ofBands, 3, low);
        return sum.add_(at::index_select(ofBands, 3, high)).mul_(0.5);
    }

    static variable_list backward(AutogradContext* context, const variable_list& gradients) {
        const at::AutoDispatchBelowADInplaceOrView below;
        const auto saved = context->get_saved_variables();
        at::Tensor gradient = at::index_select(gradients[0], 3, saved[0]);
        return {gradient.mul_(saved[1]), Variable(), Variable(), Variable(), Variable()};
    }
};

} // namespace

BandAverage::BandAverage(const ModelShape& shape, at::Device device) {
    const std::vector<std::int64_t> starts = shape.bandStarts();
    std::vector<std::int64_t> low(static_cast<std::size_t>(shape.bins()), -1);
    std::vector<std::int64_t> high(low.size());
    std::vector<std::int64_t> bins;
    for (std::size_t band = 0; band < starts.size(); ++band) {
        for (std::int64_t i = 0; i < shape.bands[band]; ++i) {
            const auto place = static_cast<std::int64_t>(bins.size());
            const auto bin = static_cast<std::size_t>(starts[band] + i);
            if (low[bin] < 0)
                low[bin] = place;
            high[bin] = place;
            bins.push_back(starts[band] + i);
        }
    }
    std::vector<double> shares;
    for (const std::int64_t bin : bins) {
        const auto index = static_cast<std::size_t>(bin);
        shares.push_back(low[index] == high[index] ? 1 : 0.5);
    }
    low_ = at::tensor(low, at::kLong).to(device);
    high_ = at::tensor(high, at::kLong).to(device);
    bin_ = at::tensor(bins, at::kLong).to(device);
    share_ = at::tensor(shares, at::kFloat).unsqueeze(1).to(device);
}

at::Tensor BandAverage::forward(const at::Tensor& ofBands) const {
    return Average::apply(ofBands, low_, high_, bin_, share_);
}

} // namespace headroom
