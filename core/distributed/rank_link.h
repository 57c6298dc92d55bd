// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/session/rank_place.h"
#include "core/support/error.h"

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace headroom {

/// Another rank failed, or shows no sign of life; the message names it.
class RankLostError : public Error {
public:
    using Error::Error;
};

/// The messages between one rank and the others through LibTorch's store (TCPStore): small values, signs of
/// life, stop requests and failures. A thread of its own talks to the store, so that no call hangs if the
/// store does, and signs of life continue whatever the rank is busy with: loading, validating or saving.
/// Calls other than requestStop() and fail() are of one thread.
class RankLink {
public:
    /// Joins the run and waits until the store answers. Throws Error (Failure).
    /// @param onStop called once when any rank requests a stop, on the thread of the link
    RankLink(const RankPlace& place, std::function<void()> onStop);
    /// Leaves without waiting for the others; see leave().
    ~RankLink();
    RankLink(const RankLink&) = delete;
    RankLink& operator=(const RankLink&) = delete;

    const RankPlace& place() const;

    /// Gives a value, any bytes, to all ranks and returns the values of all, by rank. Every rank must call
    /// it, in the same order. Throws RankLostError.
    std::vector<std::string> gather(const std::string& value);

    /// Waits until `done` returns true. Throws RankLostError.
    void wait(const std::function<bool()>& done);

    /// Waits until it is known which rank ended the connections, of which a library has reported the end.
    [[noreturn]] void throwLost(const std::string& report);

    /// Requests a stop of all ranks. Any thread.
    void requestStop() noexcept;

    /// Sends the others the reason why this rank fails. Any thread.
    void fail(const std::string& message) noexcept;

    /// Leaves together with all others, at the end of a run. Throws RankLostError.
    void leave();

private:
    struct State;

    std::shared_ptr<State> state_;
    std::thread thread_;
};

} // namespace headroom
