// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/window/preferences_dialog.h"

#include "core/support/bytes.h"
#include "ui/configuration/preferences.h"
#include "ui/memory/forecast_model.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"
#include "ui/widgets/number_box.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>

#include <cmath>

namespace headroom::ui {

PreferencesDialog::PreferencesDialog(Theme& theme, ForecastModel* forecast, QWidget* parent)
    : QDialog(parent) {
    setWindowTitle(tr("Preferences"));
    setMinimumWidth(em(32));
    auto* form = new QFormLayout(this);
    form->addRow(tr("&Theme"), makeThemes(theme));
    form->addRow(tr("L&anguage"), makeLanguages());
    if (forecast != nullptr)
        form->addRow(tr("&Memory of other programs"), makeOthers(*forecast));
    auto* note =
        new QLabel(tr("A new language takes effect at the next start. The memory that other programs use "
                      "on the card is an assumption until a run on the card has measured it."));
    note->setWordWrap(true);
    note->setProperty("second", true);
    form->addRow(note);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    form->addRow(buttons);
}

QComboBox* PreferencesDialog::makeThemes(Theme& theme) {
    auto* box = new QComboBox;
    box->addItems({tr("Dark"), tr("Light"), tr("Follow system")});
    box->setCurrentIndex(static_cast<int>(theme.mode()));
    connect(box, &QComboBox::activated, this, [&theme](int index) {
        theme.setMode(static_cast<Theme::Mode>(index));
        preferences::setTheme(theme.mode());
    });
    return box;
}

QComboBox* PreferencesDialog::makeLanguages() {
    auto* box = new QComboBox;
    box->addItem(tr("Follow system"), QString());
    box->addItem(QStringLiteral("English"), QStringLiteral("en"));
    box->addItem(QStringLiteral("한국어"), QStringLiteral("ko"));
    box->setCurrentIndex(box->findData(preferences::language()));
    connect(box, &QComboBox::activated, this,
            [box](int index) { preferences::setLanguage(box->itemData(index).toString()); });
    return box;
}

NumberBox* PreferencesDialog::makeOthers(ForecastModel& forecast) {
    constexpr double maxGib = 64;
    auto* box = new NumberBox(0, maxGib, false);
    box->setSingleStep(0.1);
    box->setSuffix(tr(" GiB"));
    const double assumed = static_cast<double>(forecast.assumedOthers()) / static_cast<double>(bytesPerGiB);
    box->setValue(std::round(assumed * 100) / 100);
    connect(box, &NumberBox::valueChanged, this, [&forecast](double gib) {
        forecast.setAssumedOthers(static_cast<std::int64_t>(gib * static_cast<double>(bytesPerGiB)));
        preferences::setAssumedOthers(forecast.assumedOthers());
    });
    return box;
}

} // namespace headroom::ui
