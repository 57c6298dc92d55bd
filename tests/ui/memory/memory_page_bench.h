// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "tests/support/scripted_forecast_service.h"
#include "ui/configuration/config_model.h"
#include "ui/memory/forecast_model.h"
#include "ui/memory/memory_page.h"
#include "ui/theme/theme.h"
#include "ui/widgets/elided_label.h"

#include <QComboBox>
#include <QPushButton>

#include <memory>

namespace headroom::test {

class PromptForecastService final : public ScriptedForecastService {
public:
    PromptForecastService() { prompt = true; }
};

/// A page that is forecast immediately.
struct MemoryPageBench {
    ui::Theme theme{ui::Theme::Mode::Dark};
    ui::ConfigModel config;
    ui::ForecastModel forecast{std::make_unique<PromptForecastService>(), config};
    ui::MemoryPage page{forecast, theme};

    bool isReady() const { return forecast.forecast() != nullptr && !forecast.updating(); }
    /// The choice between the step and the run.
    QComboBox& view() {
        for (auto* box : page.findChildren<QComboBox*>())
            if (box->accessibleName() == QStringLiteral("Timeline of"))
                return *box;
        qFatal("no choice");
    }
};

inline ui::ElidedLabel* labelNamed(QWidget& page, const QString& name) {
    for (auto* label : page.findChildren<ui::ElidedLabel*>())
        if (label->accessibleName() == name)
            return label;
    return nullptr;
}

inline QPushButton* buttonNamed(QWidget& page, const QString& text) {
    for (auto* button : page.findChildren<QPushButton*>())
        if (button->text() == text)
            return button;
    return nullptr;
}

} // namespace headroom::test
