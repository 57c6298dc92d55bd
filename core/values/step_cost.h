#pragma once

#include <initializer_list>

/// What a training step has a machine do, as plain numbers.
namespace headroom {

/// What a machine is slow at, each at a speed of its own.
struct Cost {
    double flops = 0;            ///< floating point operations of products in float32
    double bf16Flops = 0;        ///< the same in bfloat16
    double scanElements = 0;     ///< numbers that scans by kernels of ours take in, token by token
    double bf16ScanElements = 0; ///< the same in bfloat16, which they widen first
    double bytes = 0;            ///< that operators read and write
    double calls = 0;            ///< of operators

    double allFlops() const { return flops + bf16Flops; }

    Cost& operator+=(const Cost& other) {
        flops += other.flops;
        bf16Flops += other.bf16Flops;
        scanElements += other.scanElements;
        bf16ScanElements += other.bf16ScanElements;
        bytes += other.bytes;
        calls += other.calls;
        return *this;
    }
    friend Cost operator*(const Cost& work, double factor) {
        return {factor * work.flops,        factor * work.bf16Flops,
                factor * work.scanElements, factor * work.bf16ScanElements,
                factor * work.bytes,        factor * work.calls};
    }
    friend Cost operator-(Cost work, const Cost& other) { return work += other * -1; }
    bool operator==(const Cost&) const = default;
};

/// The work of one update, all its micro-batches together, by what it is for.
struct StepCost {
    Cost forward = {};
    Cost recompute = {}; ///< of the forward pass again, during the backward pass
    Cost backward = {};
    Cost update = {}; ///< clipping, optimizer and EMA

    Cost total() const {
        Cost sum = forward;
        for (const Cost& part : {recompute, backward, update})
            sum += part;
        return sum;
    }
    bool operator==(const StepCost&) const = default;
};

} // namespace headroom
