#include "core/model/affine.h"

#include <ATen/ATen.h>

namespace headroom {

at::Tensor onesColumn(const at::Tensor& x) {
    return at::ones({x.size(-2), 1}, x.options().requires_grad(false));
}

at::Tensor affine(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
    at::Tensor result = at::bmm(onesColumn(x).expand({x.size(0), -1, -1}), bias.unsqueeze(1));
    return result.baddbmm_(x, weight.transpose(1, 2));
}

} // namespace headroom
