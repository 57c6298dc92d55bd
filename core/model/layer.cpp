// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/model/layer.h"

#include <ATen/ATen.h>

namespace headroom {
namespace {

/// A range of a dimension. The whole dimension is not narrowed, because its gradient would be copied.
at::Tensor range(const at::Tensor& x, std::int64_t dimension, std::int64_t begin, std::int64_t end) {
    return end - begin == x.size(dimension) ? x : x.narrow(dimension, begin, end - begin);
}

} // namespace

at::Tensor bandRows(const at::Tensor& tokens, std::int64_t begin, std::int64_t end) {
    return range(tokens.flatten(0, 1), 0, begin, end);
}

at::Tensor frameRows(const at::Tensor& tokens, std::int64_t begin, std::int64_t end) {
    return range(tokens.flatten(1, 2), 1, begin, end);
}

at::Tensor exampleRows(const at::Tensor& tokens, std::int64_t begin, std::int64_t end) {
    return range(tokens, 1, begin, end);
}

} // namespace headroom
