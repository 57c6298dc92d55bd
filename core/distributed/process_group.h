// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/distributed/rank_link.h"

#include <ATen/core/Tensor.h>
#include <c10/core/Device.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace headroom {

/// The ranks of a run, as seen by one of them: sums and copies tensors between their devices by LibTorch's
/// c10d, with NCCL between cards and Gloo between CPUs. All ranks must make the same calls in the same order.
/// A call waits for the others as long as all of them live, and throws RankLostError when one is lost. One
/// thread, except requestStop() and fail().
class ProcessGroup {
public:
    /// Joins the run; see RankLink.
    ProcessGroup(const RankPlace& place, std::function<void()> onStop);
    ~ProcessGroup();
    ProcessGroup(const ProcessGroup&) = delete;
    ProcessGroup& operator=(const ProcessGroup&) = delete;

    const RankPlace& place() const { return link_.place(); }

    /// Connects the devices of the ranks. Call it once, before sum() and copyFromFirst().
    void connect(c10::Device device);

    /// What carries the tensors: "NCCL" or "Gloo".
    const char* transport() const { return usesNccl_ ? "NCCL" : "Gloo"; }

    /// Replaces the elements by their sums over all ranks, which are the same on all of them bit for bit.
    /// Returns when the sums are complete.
    void sum(const at::Tensor& tensor);

    /// Replaces the elements by those of rank 0.
    void copyFromFirst(const at::Tensor& tensor);

    /// Gives a value, any bytes, to all ranks and returns the values of all, by rank.
    std::vector<std::string> gather(const std::string& value) { return link_.gather(value); }

    void requestStop() noexcept { link_.requestStop(); }
    void fail(const std::string& message) noexcept { link_.fail(message); }
    void leave() { link_.leave(); }

private:
    struct Connection;
    template <typename Operation>
    void run(const at::Tensor& tensor, Operation operation);

    RankLink link_;
    std::unique_ptr<Connection> connection_;
    bool usesNccl_ = false;
    bool isBroken_ = false; ///< an operation will not end
};

} // namespace headroom
