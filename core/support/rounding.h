// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <type_traits>

namespace headroom {

/// number / divisor, rounded up, in the type of `number`, which is at least 0. `divisor` is positive.
template <class Integer>
constexpr Integer divideUp(Integer number, std::type_identity_t<Integer> divisor) {
    return number / divisor + (number % divisor != 0 ? 1 : 0);
}

/// The smallest multiple of `unit` that is not below `number`, with the same conditions.
template <class Integer>
constexpr Integer roundUp(Integer number, std::type_identity_t<Integer> unit) {
    return divideUp(number, unit) * unit;
}

} // namespace headroom
