// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <c10/core/Device.h>

#include <cstdint>
#include <optional>
#include <string>

namespace headroom {

/// Keeps some of a card free for other programs, besides what they use already, while it exists: beyond it,
/// LibTorch's allocator is out of memory. One at a time per card.
class MemoryLimit {
public:
    /// After the card has been used.
    /// @param reserve bytes; 0: no limit
    /// @throws Error (Failure) if not even that much is free
    MemoryLimit(c10::Device device, std::int64_t reserve);
    ~MemoryLimit();
    MemoryLimit(const MemoryLimit&) = delete;
    MemoryLimit& operator=(const MemoryLimit&) = delete;

    /// Why the reserve is not kept free; absent if it is, or if there is none.
    const std::optional<std::string>& problem() const { return problem_; }

private:
    c10::Device device_;
    void (*set_)(int card, double share) = nullptr; ///< null: there is no limit
    std::optional<std::string> problem_;
};

} // namespace headroom
