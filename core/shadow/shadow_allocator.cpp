#include "core/shadow/shadow_allocator.h"

#include "core/shadow/meta_kernels.h"
#include "core/shadow/shadow_device.h"

#include <c10/util/Exception.h>

namespace headroom {
namespace {

thread_local ShadowDevice* current = nullptr;

/// What a tensor holds on to instead of memory.
struct Held {
    ShadowDevice* device;
    std::int32_t block;
};

} // namespace

/// Memory on Meta has no address, as LibTorch's own has none; the context remembers the block.
class ShadowAllocator final : public c10::Allocator {
public:
    c10::DataPtr allocate(std::size_t bytes) override {
        const c10::Device meta(c10::kMeta);
        if (current == nullptr || current->paused_ || bytes == 0)
            return {nullptr, nullptr, &free, meta};
        current->allocatedBytes_ += static_cast<double>(bytes);
        const std::int32_t block = current->recorder_.allocate(static_cast<std::int64_t>(bytes));
        return {nullptr, new Held{current, block}, &free, meta};
    }

    c10::DeleterFnPtr raw_deleter() const override { return nullptr; }

    void copy_data(void*, const void*, std::size_t) const override {}

    static void free(void* context) {
        const auto* held = static_cast<Held*>(context);
        if (held == nullptr)
            return;
        if (held->block >= 0)
            held->device->recorder_.free(held->block);
        delete held;
    }
};

ShadowDevice* currentShadowDevice() {
    return current;
}

void prepareShadowDevices() {
    [[maybe_unused]] static const bool once = [] {
        // Never destroyed: tensors may outlive main.
        c10::SetAllocator(c10::kMeta, new ShadowAllocator, /*priority=*/255);
        registerMetaKernels();
        return true;
    }();
}

void setCurrentShadowDevice(ShadowDevice* device) {
    prepareShadowDevices();
    TORCH_CHECK(device == nullptr || current == nullptr, "two shadow devices in one thread");
    current = device;
}

std::int32_t shadowBlock(const c10::DataPtr& memory) {
    const bool ours = memory.get_deleter() == &ShadowAllocator::free && memory.get_context() != nullptr;
    return ours ? static_cast<const Held*>(memory.get_context())->block : -1;
}

void renounceBlock(const at::Tensor& tensor) {
    const c10::DataPtr& memory = tensor.storage().data_ptr();
    if (shadowBlock(memory) >= 0)
        static_cast<Held*>(memory.get_context())->block = -1;
}

at::Tensor tensorOfBlock(ShadowDevice& device, std::int32_t block, const at::Tensor& like) {
    const c10::Device meta(c10::kMeta);
    c10::Storage storage(c10::Storage::use_byte_size_t(), like.storage().nbytes(),
                         {nullptr, new Held{&device, block}, &ShadowAllocator::free, meta},
                         c10::GetAllocator(c10::kMeta), /*resizable=*/true);
    at::Tensor tensor = at::detail::make_tensor<c10::TensorImpl>(
        std::move(storage), c10::DispatchKeySet(c10::DispatchKey::Meta), like.dtype());
    c10::TensorImpl* impl = tensor.unsafeGetTensorImpl();
    impl->set_sizes_and_strides(like.sizes(), like.strides(), like.storage_offset());
    return tensor;
}

} // namespace headroom
