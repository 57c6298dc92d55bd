#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

namespace headroom {

/// Memory that begins with a line of the cache, as that of tensors does: a BLAS rounds products differently
/// where it does not, and then the same step would not always give the same bits.
template <class S>
struct AlignedAllocator {
    using value_type = S;

    AlignedAllocator() = default;
    template <class Other>
    AlignedAllocator(const AlignedAllocator<Other>&) {}

    S* allocate(std::size_t count) { return static_cast<S*>(::operator new(count * sizeof(S), alignment)); }
    void deallocate(S* numbers, std::size_t) { ::operator delete(numbers, alignment); }

    friend bool operator==(const AlignedAllocator&, const AlignedAllocator&) { return true; }

private:
    static constexpr std::align_val_t alignment{64};
};

template <class S>
using AlignedVector = std::vector<S, AlignedAllocator<S>>;

/// Room for some numbers, not cleared.
template <class S>
class AlignedRoom {
public:
    explicit AlignedRoom(std::int64_t count)
        : numbers_(AlignedAllocator<S>().allocate(static_cast<std::size_t>(count))) {}
    S* data() { return numbers_.get(); }

private:
    struct Release {
        void operator()(S* numbers) const { AlignedAllocator<S>().deallocate(numbers, 0); }
    };
    std::unique_ptr<S, Release> numbers_;
};

} // namespace headroom
