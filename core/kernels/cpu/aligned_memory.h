// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <vector>

namespace headroom {

/// Allocates memory aligned to a cache line, like tensors. With other alignments BLAS rounds products
/// differently, and a step would not be reproducible to the bit.
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

/// An uninitialized buffer, aligned to a cache line.
template <class S>
class AlignedBuffer {
public:
    explicit AlignedBuffer(std::int64_t count)
        : numbers_(AlignedAllocator<S>().allocate(static_cast<std::size_t>(count))) {}
    S* data() { return numbers_.get(); }

private:
    struct Release {
        void operator()(S* numbers) const { AlignedAllocator<S>().deallocate(numbers, 0); }
    };
    std::unique_ptr<S, Release> numbers_;
};

} // namespace headroom
