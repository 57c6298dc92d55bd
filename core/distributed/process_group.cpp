// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/distributed/process_group.h"

#include "core/distributed/backend.h"
#include "core/distributed/store.h"
#include "core/session/failure.h"

#include <ATen/core/grad_mode.h>

#include <optional>
#include <utility>

namespace headroom {

struct ProcessGroup::Connection {
    c10::intrusive_ptr<c10d::Store> store;
    c10::intrusive_ptr<c10d::Backend> backend;
};

ProcessGroup::ProcessGroup(const RankPlace& place, std::function<void()> onStop)
    : link_(place, std::move(onStop)) {}

ProcessGroup::~ProcessGroup() {
    if (!isBroken_)
        return;
    // Its destructor would wait forever for the threads of the operation: they end with the program.
    connection_->backend->abort();
    static_cast<void>(connection_.release());
}

void ProcessGroup::connect(c10::Device device) {
    connection_ = std::make_unique<Connection>();
    connection_->store = connectStore(place(), "devices");
    try {
        if (device.is_cuda())
            connection_->backend = makeNcclBackend(place(), connection_->store);
        usesNccl_ = connection_->backend != nullptr;
        if (!usesNccl_)
            connection_->backend = makeGlooBackend(place(), connection_->store);
    } catch (const std::exception& exception) {
        link_.throwLost(plainMessage(exception));
    }
}

/// Runs an operation of the backend on a tensor in memory that it can reach.
template <typename Operation>
void ProcessGroup::run(const at::Tensor& tensor, Operation operation) {
    const at::NoGradGuard guard;
    const bool isReachable = usesNccl_ || tensor.is_cpu();
    std::vector<at::Tensor> reached = {isReachable ? tensor.detach() : tensor.detach().cpu()};
    std::optional<std::string> report;
    try {
        const auto work = operation(*connection_->backend, reached);
        isBroken_ = true;
        link_.wait([&] { return work->isCompleted(); });
        isBroken_ = false;
        work->wait();
    } catch (const RankLostError&) {
        throw;
    } catch (const std::exception& exception) {
        report = plainMessage(exception);
    }
    if (report)
        link_.throwLost(*report);
    if (!isReachable)
        tensor.detach().copy_(reached.front());
}

void ProcessGroup::sum(const at::Tensor& tensor) {
    run(tensor, [](c10d::Backend& backend, std::vector<at::Tensor>& tensors) {
        c10d::AllreduceOptions options;
        options.timeout = collectiveTimeout;
        return backend.allreduce(tensors, options);
    });
}

void ProcessGroup::copyFromFirst(const at::Tensor& tensor) {
    run(tensor, [](c10d::Backend& backend, std::vector<at::Tensor>& tensors) {
        c10d::BroadcastOptions options;
        options.timeout = collectiveTimeout;
        return backend.broadcast(tensors, options);
    });
}

} // namespace headroom
