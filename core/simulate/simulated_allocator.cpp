// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/simulate/simulated_allocator.h"

#include "core/simulate/direct_kernels.h"
#include "core/simulate/meta_kernels.h"
#include "core/simulate/simulated_device.h"

#include <c10/util/Exception.h>

namespace headroom {
namespace {

thread_local SimulatedDevice* current = nullptr;

/// Encodes a block number as the context of a DataPtr. Null means no block.
void* contextOf(std::int32_t block) {
    const auto number = static_cast<std::intptr_t>(block) + 1;
    return reinterpret_cast<void*>(number); // NOLINT(performance-no-int-to-ptr): never dereferenced
}

std::int32_t blockOf(const void* context) {
    return static_cast<std::int32_t>(reinterpret_cast<std::intptr_t>(context)) - 1;
}

struct IgnoreWarnings : c10::WarningHandler {
    void process(const c10::Warning&) override {}
};

} // namespace

/// Memory on Meta has no address; the context of its DataPtr holds the block number.
class SimulatedAllocator final : public c10::Allocator {
public:
    c10::DataPtr allocate(std::size_t bytes) override {
        const c10::Device meta(c10::kMeta);
        if (current == nullptr || current->paused_ || bytes == 0)
            return {nullptr, nullptr, &free, meta};
        current->allocatedBytes_ += static_cast<double>(bytes);
        const std::int32_t block = current->recorder_.allocate(static_cast<std::int64_t>(bytes));
        return {nullptr, contextOf(block), &free, meta};
    }

    c10::DeleterFnPtr raw_deleter() const override { return nullptr; }

    void copy_data(void*, const void*, std::size_t) const override {}

    static void free(void* context) {
        if (context != nullptr)
            current->recorder_.free(blockOf(context));
    }
};

SimulatedDevice* currentSimulatedDevice() {
    return current;
}

void prepareSimulatedDevices() {
    [[maybe_unused]] static const bool once = [] {
        // Never destroyed: tensors may outlive main.
        c10::SetAllocator(c10::kMeta, new SimulatedAllocator, /*priority=*/255);
        // LibTorch warns about replaced kernels.
        IgnoreWarnings ignore;
        const c10::WarningUtils::WarningHandlerGuard guard(&ignore);
        registerMetaKernels();
        registerDirectKernels();
        return true;
    }();
}

void setCurrentSimulatedDevice(SimulatedDevice* device) {
    prepareSimulatedDevices();
    TORCH_CHECK(device == nullptr || current == nullptr, "this thread already has a simulated device");
    current = device;
}

std::int32_t simulatedBlock(const c10::DataPtr& memory) {
    const bool ours = memory.get_deleter() == &SimulatedAllocator::free;
    return ours ? blockOf(memory.get_context()) : -1;
}

void releaseBlock(const at::Tensor& tensor) {
    c10::DataPtr& memory = tensor.storage().unsafeGetStorageImpl()->mutable_data_ptr();
    if (simulatedBlock(memory) >= 0)
        memory.release_context();
}

at::Tensor tensorOfBlock(std::int32_t block, const at::Tensor& like) {
    const c10::Device meta(c10::kMeta);
    c10::Storage storage(c10::Storage::use_byte_size_t(), like.storage().nbytes(),
                         {nullptr, contextOf(block), &SimulatedAllocator::free, meta},
                         c10::GetAllocator(c10::kMeta), /*resizable=*/true);
    at::Tensor tensor = at::detail::make_tensor<c10::TensorImpl>(
        std::move(storage), c10::DispatchKeySet(c10::DispatchKey::Meta), like.dtype());
    c10::TensorImpl* impl = tensor.unsafeGetTensorImpl();
    impl->set_sizes_and_strides(like.sizes(), like.strides(), like.storage_offset());
    return tensor;
}

} // namespace headroom
