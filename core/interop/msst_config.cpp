// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/interop/msst_config.h"

#include "core/interop/msst_sections.h"

#include <string>

namespace headroom {
namespace {

std::string modelName(ModelKind model) {
    switch (model) {
    case ModelKind::BsMamba2:
        return "BSMamba2";
    case ModelKind::BsRoformer:
        return "BS-RoFormer";
    case ModelKind::MelBandRoformer:
        return "Mel-Band RoFormer";
    }
    return {};
}

} // namespace

bool isMsstConfig(const YAML::Node& root) {
    const bool hasInstruments = hasKey(root, "training", "instruments");
    const bool hasChunk = hasKey(root, "audio", "chunk_size");
    const bool hasModel = hasKey(root, "model", "dim");
    return (hasInstruments && (hasChunk || hasModel || hasKey(root, "inference"))) || (hasChunk && hasModel);
}

Conversion convertMsst(const ForeignDocument& document, ConfigPlaces& places, ConfigErrors& errors) {
    const ModelKind model = msstModel(document);
    ConversionBuilder builder(document, places, errors);
    convertMsstModel(builder, model);
    convertMsstTraining(builder);
    convertMsstData(builder);
    convertMsstInference(builder);
    return builder.finish(ForeignFormat::Msst, modelName(model));
}

} // namespace headroom
