// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/allocator/stream_player.h"

#include <cstdint>
#include <deque>

namespace headroom {

/// Replays a stream with one capacity after the other, each larger than the one before. Each replay continues
/// from a copy that an earlier one left where it did not yet depend on the capacity.
template <class Allocator>
class RisingReplay {
public:
    /// @param stream must outlive this object
    /// @param empty allocator of the smallest capacity
    /// @param eventsPerCopy a copy costs about as much as a few hundred events
    RisingReplay(const AllocationStream& stream, const Allocator& empty, std::int64_t eventsPerCopy = 1 << 13)
        : eventsPerCopy_(eventsPerCopy) {
        copies_.emplace_back(stream, empty);
    }

    /// The replay with this capacity, as replay() returns it.
    Replay play(std::int64_t capacity) {
        while (copies_.size() > 1 && copies_.back().nextCapacity() <= capacity)
            copies_.pop_back();
        StreamPlayer<Allocator> player = copies_.back();
        player.setCapacity(capacity);
        while (player.play(eventsPerCopy_))
            keep(player);
        return player.result();
    }

private:
    /// Keeps the latest of those that the same capacities would have led to.
    void keep(const StreamPlayer<Allocator>& player) {
        if (copies_.size() > 1 && copies_.back().nextCapacity() == player.nextCapacity())
            copies_.pop_back();
        copies_.push_back(player);
    }

    std::int64_t eventsPerCopy_;
    std::deque<StreamPlayer<Allocator>> copies_; ///< from the beginning to the latest
};

} // namespace headroom
