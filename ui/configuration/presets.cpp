// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/presets.h"

#include "core/config/config_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <algorithm>
#include <iterator>

namespace headroom::ui {
namespace {

struct Title {
    const char* name;
    const char* text;
};

constexpr Title titles[] = {
    {"paper", QT_TRANSLATE_NOOP("Preset", "Original paper")},
    {"paper-80gib", QT_TRANSLATE_NOOP("Preset", "Original paper, 80 GiB card")},
    {"paper-32gib", QT_TRANSLATE_NOOP("Preset", "Original paper, 32 GiB card")},
    {"paper-24gib", QT_TRANSLATE_NOOP("Preset", "Original paper, 24 GiB card")},
    {"paper-8gib", QT_TRANSLATE_NOOP("Preset", "Original paper, 8 GiB card")},
    {"paper-6gib", QT_TRANSLATE_NOOP("Preset", "Original paper, 6 GiB card")},
    {"paper-4gib", QT_TRANSLATE_NOOP("Preset", "Original paper, 4 GiB card")},
    {"paper-3gib", QT_TRANSLATE_NOOP("Preset", "Original paper, 3 GiB card")},
    {"guide-before", QT_TRANSLATE_NOOP("Preset", "32 GB guide: before")},
    {"guide-after", QT_TRANSLATE_NOOP("Preset", "32 GB guide: after")},
    {"guide-minimum", QT_TRANSLATE_NOOP("Preset", "32 GB guide: last resort")},
    {"bs-roformer", QT_TRANSLATE_NOOP("Preset", "BS-RoFormer, 8 GiB card")},
    {"bs-roformer-12gib", QT_TRANSLATE_NOOP("Preset", "BS-RoFormer, 12 GiB card")},
    {"bs-roformer-24gib", QT_TRANSLATE_NOOP("Preset", "BS-RoFormer, 24 GiB card")},
    {"bs-roformer-musdb18", QT_TRANSLATE_NOOP("Preset", "BS-RoFormer for MUSDB18")},
    {"mel-band-roformer", QT_TRANSLATE_NOOP("Preset", "Mel-Band RoFormer, 8 GiB card")},
    {"mel-band-roformer-12gib", QT_TRANSLATE_NOOP("Preset", "Mel-Band RoFormer, 12 GiB card")},
    {"mel-band-roformer-16gib", QT_TRANSLATE_NOOP("Preset", "Mel-Band RoFormer, 16 GiB card")},
    {"mel-band-roformer-musdb18", QT_TRANSLATE_NOOP("Preset", "Mel-Band RoFormer for MUSDB18")},
    {"demo", QT_TRANSLATE_NOOP("Preset", "Demo songs, small model")},
};

const Title* findTitle(const QString& name) {
    const auto found = std::find_if(std::begin(titles), std::end(titles), [&name](const Title& title) {
        return name == QLatin1String(title.name);
    });
    return found == std::end(titles) ? nullptr : found;
}

QString leadingComment(const QString& text) {
    QStringList lines;
    for (const QString& line : text.split(QLatin1Char('\n'))) {
        if (!line.startsWith(QLatin1Char('#')))
            break;
        lines << line.mid(1).trimmed();
    }
    return lines.join(QLatin1Char(' '));
}

Preset read(const QString& name) {
    QFile file(QStringLiteral(":/presets/%1.yaml").arg(name));
    [[maybe_unused]] const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    const QString text = QString::fromUtf8(file.readAll());
    const QString path = QStringLiteral("configs/%1.yaml").arg(name);
    const Title* title = findTitle(name);
    return {path, title == nullptr ? name : QCoreApplication::translate("Preset", title->text),
            leadingComment(text), parseConfig(text.toStdString(), path.toStdString())};
}

} // namespace

std::vector<Preset> presets() {
    QStringList names;
    for (const QString& file : QDir(QStringLiteral(":/presets")).entryList({QStringLiteral("*.yaml")}))
        names << file.chopped(5);
    const auto position = [](const QString& name) {
        const Title* title = findTitle(name);
        return title == nullptr ? std::size(titles) : static_cast<std::size_t>(title - titles);
    };
    std::stable_sort(names.begin(), names.end(),
                     [&position](const QString& a, const QString& b) { return position(a) < position(b); });
    std::vector<Preset> result;
    for (const QString& name : names)
        result.push_back(read(name));
    return result;
}

} // namespace headroom::ui
