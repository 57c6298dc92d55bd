// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/train/initial_weights.h"

#include "core/model/model_shape.h"
#include "core/model/weights_fit.h"
#include "core/support/error.h"
#include "core/train/name_list.h"
#include "core/weights/checksum_error.h"
#include "core/weights/published_weights.h"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace headroom {

ModelWeights readInitialWeights(const RunConfig& config) {
    const std::string& path = config.training.initFrom;
    const ModelShape shape = modelShape(config);
    const PublishedWeights outline = readWeightsOutline(path);
    if (outline.metadata.contains(partialWeightsKey))
        requireKind(outline.tensors, shape.kind, path);
    else
        requireFit(
            outline.tensors, shape, path,
            "Set the model options to the sizes of those weights, or write a file with the tensors that "
            "fit with `headroom import --partial`.");
    ModelWeights weights = readModelWeights(path, outline.tensors, shape);
    requireUnchanged(weights.isUnchanged, path);
    std::vector<std::string>& notices = weights.notices;
    const LoadReport& report = weights.fit;
    if (!report.missing.empty())
        notices.push_back(fmt::format("{} tensors keep their initial values because they are not in {}: {}",
                                      report.missing.size(), path, listed(report.missing)));
    if (!report.wrongShape.empty())
        notices.push_back(
            fmt::format("{} tensors keep their initial values because their shape differs in {}: {}",
                        report.wrongShape.size(), path, listed(report.wrongShape)));
    if (!report.unexpected.empty())
        notices.push_back(fmt::format("{} tensors of {} are ignored: {}", report.unexpected.size(), path,
                                      listed(report.unexpected)));
    return weights;
}

void requireBaseWeights(const TrainingConfig& training) {
    if (training.loraRank > 0 && training.initFrom.empty())
        throw Error(ErrorKind::Input,
                    "training.lora_rank trains adapters of existing weights, but training.init_from is empty",
                    {}, "Set training.init_from to the weights to fine-tune, or training.lora_rank to 0.");
}

} // namespace headroom
