// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/parked_state.h"

#include <ATen/ATen.h>
#include <ATen/core/grad_mode.h>

#include <array>
#include <utility>

namespace headroom {
namespace {

std::array<TensorMap*, 5> mapsOf(TrainStep::State& state) {
    return {&state.weights, &state.adapters, &state.ema, &state.optimizer, &state.group};
}

void freeMemory(const c10::Storage& storage) {
    c10::StorageImpl* memory = storage.unsafeGetStorageImpl();
    memory->set_data_ptr_noswap(c10::DataPtr(nullptr, memory->device()));
    memory->set_nbytes(std::size_t{0});
}

} // namespace

ParkedState::ParkedState(TrainStep& step) : live_(step.state()), host_(live_) {
    const at::NoGradGuard guard;
    for (TensorMap* tensors : mapsOf(host_)) {
        for (auto& [name, tensor] : *tensors) {
            if (!tensor.is_meta())
                tensor =
                    tensor.detach().to(at::TensorOptions(at::kCPU), /*non_blocking=*/false, /*copy=*/true);
        }
    }
    // Not before all copies are there: they may fail.
    for (TensorMap* tensors : mapsOf(live_)) {
        for (const auto& [name, tensor] : *tensors) {
            const c10::Storage& storage = tensor.storage();
            if (storage.nbytes() == 0) // shared with one before it
                continue;
            emptied_.push_back({storage, storage.nbytes()});
            freeMemory(storage);
        }
    }
}

void ParkedState::restore() {
    const at::NoGradGuard guard;
    for (const auto& [storage, bytes] : emptied_) {
        c10::StorageImpl* memory = storage.unsafeGetStorageImpl();
        if (memory->nbytes() > 0)
            continue;
        memory->set_data_ptr_noswap(memory->allocator()->allocate(bytes));
        memory->set_nbytes(bytes);
    }
    const auto from = mapsOf(host_);
    const auto to = mapsOf(live_);
    for (std::size_t i = 0; i < to.size(); ++i) {
        for (const auto& [name, tensor] : *to[i])
            tensor.detach().copy_(from[i]->at(name));
    }
}

} // namespace headroom
