// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/record_function.h>

#include <cstddef>

namespace headroom::test {

/// Tells fake_order.cpp, while it exists, which device memory the operators of all threads read and write,
/// and in which stream. A view counts as a read. It cannot observe our own kernels.
class AccessObserver {
public:
    AccessObserver();
    ~AccessObserver();
    AccessObserver(const AccessObserver&) = delete;
    AccessObserver& operator=(const AccessObserver&) = delete;

    /// Number of copies in other streams than the default one, since the start of the program.
    std::size_t sideCopies() const;

private:
    at::CallbackHandle callback_;
};

} // namespace headroom::test
