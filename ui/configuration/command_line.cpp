// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/command_line.h"

#include "core/config/option_value.h"
#include "core/support/shell_quoted.h"
#include "ui/configuration/config_model.h"

#include <QStringList>

namespace headroom::ui {
namespace {

QString quoted(const std::string& word) {
    return QString::fromStdString(shellQuoted(word));
}

/// The argument of --set: text verbatim, all other types as YAML.
std::string assignment(const Option& option, const RunConfig& config) {
    const OptionValue value = option.get(config);
    return option.key + "=" +
           (option.type == OptionType::Text ? std::get<std::string>(value) : formatOptionValue(value));
}

} // namespace

QString trainCommand(const ConfigModel& model, int ranks) {
    QStringList lines = {QStringLiteral("headroom train --config ") +
                         quoted(model.baselineFile().toStdString())};
    if (ranks > 1)
        lines << QStringLiteral("--ranks %1").arg(ranks);
    for (const OptionDifference& change : model.changes())
        lines << QStringLiteral("--set ") + quoted(assignment(*change.option, model.config()));
    return lines.join(QStringLiteral(" \\\n    "));
}

} // namespace headroom::ui
