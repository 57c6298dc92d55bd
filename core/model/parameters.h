// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace headroom {

/// Result of loading values into a ParameterSet.
struct LoadReport {
    std::vector<std::string> fitting;    ///< parameters with a value of the right shape
    std::vector<std::string> missing;    ///< parameters without a value; unchanged
    std::vector<std::string> unexpected; ///< names that are not a parameter
    std::vector<std::string> wrongShape; ///< "name: [16, 4] given, [16, 8] needed"; unchanged

    /// Whether all parameters have a value.
    bool isWhole() const { return missing.empty() && wrongShape.empty(); }
    bool complete() const { return missing.empty() && unexpected.empty() && wrongShape.empty(); }
};

/// The parameters of a model, with the order and names of the official state dict. All are leaf tensors that
/// require gradients. One thread at a time.
class ParameterSet {
public:
    struct Entry {
        std::string name;
        at::Tensor value;
    };

    /// Adds a leaf tensor and makes it require gradients. The name must be new.
    at::Tensor add(std::string name, at::Tensor value);

    const std::vector<Entry>& entries() const { return entries_; }
    std::vector<at::Tensor> tensors() const;
    std::size_t size() const { return entries_.size(); }
    std::int64_t elements() const; ///< total number of elements

    bool contains(const std::string& name) const { return index_.contains(name); }
    /// Throws Error (Input) if there is no such parameter.
    const at::Tensor& at(const std::string& name) const;

    /// The report of load() without changing anything.
    LoadReport compare(const std::map<std::string, at::Tensor>& values) const;
    /// Copies values whose name and shape fit, from any dtype and device.
    LoadReport load(const std::map<std::string, at::Tensor>& values);

private:
    std::vector<Entry> entries_;
    std::unordered_map<std::string, std::size_t> index_;
};

} // namespace headroom
