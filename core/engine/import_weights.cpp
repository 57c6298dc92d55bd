#include "core/engine/import_weights.h"

#include "core/config/config_file.h"
#include "core/model/bs_mamba2.h"
#include "core/support/error.h"
#include "core/support/version.h"
#include "core/weights/published_weights.h"

#include <ATen/ATen.h>
#include <fmt/format.h>

namespace headroom {
namespace {

constexpr const char* otherModel = "Give the configuration of its model with --config.";

/// What a model of this configuration would be made of; nothing but names and shapes.
BsMamba2 blueprint(const RunConfig& config) {
    return BsMamba2(modelShape(config), at::kMeta, at::kFloat, 0);
}

void checkShape(const std::string& file, const std::string& name, const at::Tensor& given,
                const at::Tensor& own) {
    if (given.sizes() == own.sizes())
        return;
    throw Error(ErrorKind::Input,
                fmt::format("'{}' has the shape [{}], the model's has [{}]", name,
                            fmt::join(given.sizes(), ", "), fmt::join(own.sizes(), ", ")),
                file, otherModel);
}

} // namespace

ImportReport importWeights(const std::string& input, const std::string& output, const RunConfig& config) {
    TensorMap given = readPublishedWeights(input);
    const BsMamba2 model = blueprint(config);
    ImportReport report;
    TensorMap weights;
    for (const auto& entry : model.parameters().entries()) {
        auto found = given.extract(entry.name);
        if (found.empty()) {
            report.missing.push_back(entry.name);
            continue;
        }
        checkShape(input, entry.name, found.mapped(), entry.value);
        report.parameters += entry.value.numel();
        weights[entry.name] = found.mapped().to(at::kFloat);
    }
    if (weights.empty())
        throw Error(ErrorKind::Input, "holds none of the model's parameters", input, otherModel);
    for (const auto& [name, tensor] : given)
        report.leftOut.push_back(name);
    report.tensors = static_cast<std::int64_t>(weights.size());
    writeSafetensors(output, weights, {{"config", dumpConfig(config)}, {"version", version()}});
    return report;
}

} // namespace headroom
