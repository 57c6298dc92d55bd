// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/core/function_schema.h>
#include <ATen/core/ivalue.h>

#include <cstddef>
#include <vector>

namespace headroom {

/// The bytes that an operator reads and writes, derived from its schema.
struct OperatorTraffic {
    enum class When {
        Never,       ///< it only allocates
        IfAllocated, ///< a view that copies if the layout requires it
        Always
    };
    When moves = When::Never;
    /// An argument that is a tensor or a list of tensors.
    struct Access {
        std::size_t argument = 0;
        double passes = 0; ///< over its memory: 0 none, 1 read or written, 2 read and written
    };
    std::vector<Access> accesses = {};
    /// Whether this includes the operators that it calls, whose own traffic must then not be counted.
    bool includesNested = false;
};

OperatorTraffic operatorTraffic(const c10::FunctionSchema& schema);

/// Bytes of memory that a tensor covers; an expanded dimension (stride 0) counts once.
double storedBytes(const at::Tensor& tensor);

/// Calls visit(tensor) for a tensor argument, or for each element of a tensor list.
template <class Visitor>
void forEachTensor(const c10::IValue& argument, const Visitor& visit) {
    if (argument.isTensor()) {
        if (argument.toTensor().defined())
            visit(argument.toTensor());
    } else if (argument.isTensorList()) {
        for (const c10::IValue& each : argument.toListRef())
            forEachTensor(each, visit);
    }
}

} // namespace headroom
