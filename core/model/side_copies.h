// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>
#include <c10/core/Event.h>
#include <c10/core/Stream.h>

#include <array>
#include <cstddef>
#include <optional>

namespace headroom {

/// Copies between a device and host memory on a stream of their own, beside the computation in the stream
/// that is current when this is created. On the CPU they are done at once. Not thread-safe.
class SideCopies {
public:
    static constexpr std::size_t slots = 2;

    explicit SideCopies(c10::Device device);
    /// From here on the current stream runs after all copies. Memory that they use may then be freed for it.
    ~SideCopies();
    SideCopies(const SideCopies&) = delete;
    SideCopies& operator=(const SideCopies&) = delete;

    /// Begins a copy after all that the current stream was given before.
    /// @param to, from contiguous, with the same sizes and type, the one in host memory pinned. Both must
    ///     exist until this object is destroyed, or until waitFor(slot)
    void begin(std::size_t slot, const at::Tensor& to, const at::Tensor& from);

    /// What the current stream is given from here on runs after the last copy of the slot.
    void waitFor(std::size_t slot);

private:
    struct Streams {
        c10::Stream computation;
        c10::Stream copies;
        c10::Event ready; ///< in the computation: what a copy uses is complete, and not used otherwise
        std::array<c10::Event, slots> copied;
        c10::Event end; ///< of all copies
    };
    std::optional<Streams> streams_; ///< absent on the CPU
};

} // namespace headroom
