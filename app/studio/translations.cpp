// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "app/studio/translations.h"

#include "ui/configuration/preferences.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

namespace headroom::app {

Translations::Translations(QString language) {
    if (language.isEmpty())
        language = ui::preferences::language();
    const QLocale locale = language.isEmpty() ? QLocale::system() : QLocale(language);
    QLocale::setDefault(locale); // for dates
    const auto load = [&locale](QTranslator& translator, const char* file, const QString& folder) {
        if (translator.load(locale, QString::fromLatin1(file), QStringLiteral("_"), folder))
            QCoreApplication::installTranslator(&translator);
    };
    load(qt_, "qtbase", QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    load(window_, "headroom", QStringLiteral(":/translations"));
    load(options_, "options", QStringLiteral(":/translations"));
}

} // namespace headroom::app
