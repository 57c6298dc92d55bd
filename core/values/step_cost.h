// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <initializer_list>

/// The cost of a training step for a machine, as plain numbers.
namespace headroom {

/// The quantities that take time, each at its own rate.
struct Cost {
    double flops = 0;            ///< floating-point operations of matrix products in float32
    double bf16Flops = 0;        ///< the same in bfloat16
    double scanElements = 0;     ///< input elements of the scans in our CPU kernels
    double bf16ScanElements = 0; ///< the same in bfloat16, which they convert to float32
    double bytes = 0;            ///< bytes read and written by operators
    double calls = 0;            ///< operator calls

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
    friend Cost operator*(const Cost& cost, double factor) {
        return {factor * cost.flops,        factor * cost.bf16Flops,
                factor * cost.scanElements, factor * cost.bf16ScanElements,
                factor * cost.bytes,        factor * cost.calls};
    }
    friend Cost operator-(Cost cost, const Cost& other) { return cost += other * -1; }
    bool operator==(const Cost&) const = default;
};

/// The cost of one update by phase, over all its steps.
struct StepCost {
    Cost forward = {};
    Cost recompute = {}; ///< forward operations repeated in the backward pass
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
