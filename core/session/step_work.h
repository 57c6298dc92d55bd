#pragma once

#include <initializer_list>

/// What a training step has a machine do, as plain numbers.
namespace headroom {

/// What a machine is slow at, each at a speed of its own.
struct Work {
    double flops = 0;       ///< floating point operations of products in float32
    double halfFlops = 0;   ///< the same in bfloat16
    double scanned = 0;     ///< numbers that scans by kernels of ours take in, token by token
    double halfScanned = 0; ///< the same in bfloat16, which they widen first
    double bytes = 0;       ///< that operators read and write
    double calls = 0;       ///< of operators

    double allFlops() const { return flops + halfFlops; }

    Work& operator+=(const Work& other) {
        flops += other.flops;
        halfFlops += other.halfFlops;
        scanned += other.scanned;
        halfScanned += other.halfScanned;
        bytes += other.bytes;
        calls += other.calls;
        return *this;
    }
    friend Work operator*(const Work& work, double factor) {
        return {factor * work.flops,       factor * work.halfFlops, factor * work.scanned,
                factor * work.halfScanned, factor * work.bytes,     factor * work.calls};
    }
    friend Work operator-(Work work, const Work& other) { return work += other * -1; }
    bool operator==(const Work&) const = default;
};

/// The work of one update, all its micro-batches together, by what it is for.
struct StepWork {
    Work forward = {};
    Work recompute = {}; ///< of the forward pass again, during the backward pass
    Work backward = {};
    Work update = {}; ///< clipping, optimizer and EMA

    Work total() const {
        Work sum = forward;
        for (const Work& part : {recompute, backward, update})
            sum += part;
        return sum;
    }
    bool operator==(const StepWork&) const = default;
};

} // namespace headroom
