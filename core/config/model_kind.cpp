// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/config/model_kind.h"

#include "core/config/option_table.h"

namespace headroom {

std::string modelKindName(ModelKind kind) {
    return findOption("model.kind")->choices.at(static_cast<std::size_t>(kind));
}

double defaultLambdaTime(ModelKind kind) {
    return kind == ModelKind::BsMamba2 ? LossConfig{}.lambdaTime : 1;
}

void changeModelKind(RunConfig& config, ModelKind kind) {
    if (config.loss.lambdaTime == defaultLambdaTime(config.model.kind))
        config.loss.lambdaTime = defaultLambdaTime(kind);
    config.model.kind = kind;
    for (const Option& option : optionTable())
        if (!option.appliesTo(kind))
            option.set(config, option.defaultValue());
}

} // namespace headroom
