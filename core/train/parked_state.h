// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/train/train_step.h"

#include <c10/core/Storage.h>

#include <cstddef>
#include <vector>

namespace headroom {

/// The state of a training step in host memory, while the run is paused: the device memory of weights,
/// adapters, EMA, optimizer state, and gradients of an open group is free. The tensors
/// still exist, without memory; nothing may use them until restore(). One thread.
class ParkedState {
public:
    /// Copies the state and frees its memory. On Meta, which has no contents, it only frees.
    explicit ParkedState(TrainStep& step);
    ParkedState(const ParkedState&) = delete;
    ParkedState& operator=(const ParkedState&) = delete;

    /// The state, in host memory, for checkpoints.
    const TrainStep::State& host() const { return host_; }

    /// Gives the tensors memory again and copies the state back, bit for bit. If memory is short, it throws
    /// what the allocator throws, and may be called again.
    void restore();

private:
    struct Emptied {
        c10::Storage storage;
        std::size_t bytes = 0;
    };

    TrainStep::State live_; ///< the tensors of the step
    TrainStep::State host_;
    std::vector<Emptied> emptied_;
};

} // namespace headroom
