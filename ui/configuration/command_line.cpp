#include "ui/configuration/command_line.h"

#include "core/config/option_value.h"
#include "ui/configuration/config_model.h"

#include <QRegularExpression>
#include <QStringList>

namespace headroom::ui {
namespace {

QString shellQuoted(const QString& word) {
    static const QRegularExpression plain(QStringLiteral("^[A-Za-z0-9_@%+=:,./-]+$"));
    if (plain.match(word).hasMatch())
        return word;
    QString inside = word;
    inside.replace(QLatin1Char('\''), QStringLiteral("'\\''"));
    return QLatin1Char('\'') + inside + QLatin1Char('\'');
}

/// What --set reads back: text is taken as it stands, all else as YAML.
std::string assignment(const Option& option, const RunConfig& config) {
    const OptionValue value = option.get(config);
    return option.key + "=" +
           (option.type == OptionType::Text ? std::get<std::string>(value) : formatOptionValue(value));
}

} // namespace

QString trainCommand(const ConfigModel& model) {
    QStringList lines = {QStringLiteral("headroom train --config ") + shellQuoted(model.baselineFile())};
    for (const OptionDifference& change : model.changes())
        lines << QStringLiteral("--set ") +
                     shellQuoted(QString::fromStdString(assignment(*change.option, model.config())));
    return lines.join(QStringLiteral(" \\\n    "));
}

} // namespace headroom::ui
