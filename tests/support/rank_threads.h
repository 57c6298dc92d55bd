// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/distributed/process_group.h"
#include "core/engine/launcher_store.h"

#include <csignal>
#include <exception>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace headroom::test {

/// Runs the ranks of a group as threads of this process, on a store that they share. Ignores SIGPIPE, as the
/// programs do: Gloo writes to connections that the other side has closed.
class RankThreads {
public:
    explicit RankThreads(double timeoutSeconds = 60) : timeout_(timeoutSeconds) {
        std::signal(SIGPIPE, SIG_IGN);
    }

    RankPlace place(int rank, int ranks) const {
        return {.rank = rank,
                .ranks = ranks,
                .localRank = rank,
                .localRanks = ranks,
                .host = "127.0.0.1",
                .port = store_.port(),
                .launcherHasStore = true,
                .attempt = std::to_string(attempt_),
                .timeoutSeconds = timeout_};
    }

    /// Calls `body` for each rank on a thread. Returns the messages of what they threw; empty for those that
    /// threw nothing.
    std::vector<std::string> run(int ranks, const std::function<void(ProcessGroup&)>& body,
                                 const std::function<void(int rank)>& onStop = {}) {
        std::vector<std::string> errors(static_cast<std::size_t>(ranks));
        {
            std::vector<std::jthread> threads;
            for (int rank = 0; rank < ranks; ++rank)
                threads.emplace_back([&, rank] {
                    try {
                        ProcessGroup group(place(rank, ranks), [&onStop, rank] {
                            if (onStop)
                                onStop(rank);
                        });
                        body(group);
                    } catch (const std::exception& exception) {
                        errors[static_cast<std::size_t>(rank)] = exception.what();
                    }
                });
        }
        ++attempt_;
        return errors;
    }

private:
    LauncherStore store_;
    double timeout_;
    int attempt_ = 0;
};

} // namespace headroom::test
