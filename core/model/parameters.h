#pragma once

#include <ATen/core/Tensor.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace headroom {

/// What loading found. Nothing missing, unexpected or of a wrong shape means that every parameter was set.
struct LoadReport {
    std::vector<std::string> fitting;    ///< parameters that got a value
    std::vector<std::string> missing;    ///< parameters that no value was given for; left as they were
    std::vector<std::string> unexpected; ///< given names that are no parameter
    std::vector<std::string> wrongShape; ///< "name: [16, 4] given, [16, 8] needed"; left as they were

    bool complete() const { return missing.empty() && unexpected.empty() && wrongShape.empty(); }
};

/// The parameters of a model, in the order of the official state dict: leaves that require gradients, under
/// the official names. One thread at a time.
class ParameterSet {
public:
    struct Entry {
        std::string name;
        at::Tensor value;
    };

    /// Takes `value`, which belongs to no graph yet, as a leaf. The name must be new.
    at::Tensor add(std::string name, at::Tensor value);

    const std::vector<Entry>& entries() const { return entries_; }
    std::vector<at::Tensor> tensors() const;
    std::size_t size() const { return entries_.size(); }
    std::int64_t elements() const; ///< numbers in all tensors together

    bool contains(const std::string& name) const { return index_.contains(name); }
    /// Throws Error (Input) for a name that is none.
    const at::Tensor& at(const std::string& name) const;

    /// What load() would find to differ.
    LoadReport compare(const std::map<std::string, at::Tensor>& values) const;
    /// Copies the values in, whatever their dtype and device, where name and shape fit.
    LoadReport load(const std::map<std::string, at::Tensor>& values);

private:
    std::vector<Entry> entries_;
    std::unordered_map<std::string, std::size_t> index_;
};

} // namespace headroom
