// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "core/config/run_config.h"
#include "core/interop/conversion_builder.h"

#include <string_view>

namespace headroom {

/// The model that a file describes. Throws Error (Input) that names the model if it is another one.
ModelKind msstModel(const ForeignDocument& document);

/// Each converts some sections of an MSST configuration; see msst_config.h for the whole.
/// @{
void convertMsstModel(ConversionBuilder& builder, ModelKind model); ///< model, audio, and the loss
void convertMsstTraining(ConversionBuilder& builder);               ///< training, optimizer
void convertMsstData(ConversionBuilder& builder);                   ///< instruments, augmentations
void convertMsstTimeAndPitch(ConversionBuilder& builder); ///< pitch shift and time stretch; after the stems
void convertMsstInference(ConversionBuilder& builder);
/// @}

/// Whether convertMsstInference() reports this key of the augmentations, of random lengths.
bool isMsstLength(std::string_view key);
/// Whether convertMsstTimeAndPitch() reports this key of the augmentations.
bool isMsstTimeOrPitch(std::string_view key);

} // namespace headroom
