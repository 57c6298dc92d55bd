// SPDX-FileCopyrightText: The Headroom authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/configuration/choice_editor.h"

#include "ui/configuration/config_model.h"
#include "ui/configuration/option_text.h"
#include "ui/text/memory_text.h"
#include "ui/text/time_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/restyle.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QFontMetrics>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

namespace headroom::ui {
namespace {

/// More buttons do not fit side by side in a row.
constexpr std::size_t maxButtons = 2;

/// A choice with the longest forecast after it.
QString longestText(const QString& choice) {
    return choice + QLatin1Char(' ') + longestBytesText();
}

QFontMetrics fontMetrics(const QWidget& widget) {
    return QFontMetrics(widget.font());
}

} // namespace

ChoiceEditor::ChoiceEditor(ConfigModel& model, const Option& option, const Theme& theme, QWidget* parent)
    : OptionEditor(model, option, parent), theme_(theme) {
    if (option.choices.size() <= maxButtons)
        makeButtons(parent);
    else
        makeList(parent);
}

void ChoiceEditor::makeButtons(QWidget* parent) {
    field_ = new QWidget(parent);
    auto* row = new QHBoxLayout(field_);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    buttons_ = new QButtonGroup(this);
    for (const std::string& choice : option_.choices) {
        const QString text = QString::fromStdString(choice);
        auto* button = new QPushButton(text);
        button->setCheckable(true);
        button->setProperty("segment", true);
        button->setAccessibleName(optionTitle(option_) + QLatin1Char(' ') + text);
        if (option_.affects
                .memory) // reserves width for the longest forecast, so that the row keeps its width
            button->setMinimumWidth(fontMetrics(*button).horizontalAdvance(longestText(text)) + em(2.7));
        buttons_->addButton(button, static_cast<int>(buttons_->buttons().size()));
        row->addWidget(button);
    }
    connect(buttons_, &QButtonGroup::idClicked, this,
            [this](int index) { model_.set(option_, option_.choices[static_cast<std::size_t>(index)]); });
}

void ChoiceEditor::makeList(QWidget* parent) {
    list_ = new QComboBox(parent);
    list_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    list_->setFocusPolicy(Qt::StrongFocus);
    int width = 0;
    for (const std::string& choice : option_.choices) {
        const QString text = QString::fromStdString(choice);
        list_->addItem(text);
        width = std::max(
            width, fontMetrics(*list_).horizontalAdvance(option_.affects.memory ? longestText(text) : text));
    }
    list_->setMinimumWidth(width + em(option_.affects.memory ? 5.2 : 3.8));
    field_ = list_;
    connect(list_, &QComboBox::activated, this,
            [this](int index) { model_.set(option_, option_.choices[static_cast<std::size_t>(index)]); });
}

QWidget* ChoiceEditor::field() {
    return field_;
}

int ChoiceEditor::currentIndex() const {
    const auto value = std::get<std::string>(option_.get(model_.config()));
    const auto found = std::find(option_.choices.begin(), option_.choices.end(), value);
    return static_cast<int>(found - option_.choices.begin());
}

void ChoiceEditor::read() {
    if (buttons_ != nullptr)
        buttons_->button(currentIndex())->setChecked(true);
    else
        list_->setCurrentIndex(currentIndex());
}

void ChoiceEditor::showForecasts(const StopForecasts& forecasts, bool fresh) {
    for (std::size_t i = 0; i < option_.choices.size(); ++i) {
        const StopForecast* forecast = i < forecasts.size() && forecasts[i] ? &*forecasts[i] : nullptr;
        const int index = static_cast<int>(i);
        // The forecast of the current value is always up to date: the headroom bar shows the same.
        showForecast(index, forecast, fresh || index == currentIndex());
    }
}

void ChoiceEditor::showForecast(int index, const StopForecast* forecast, bool fresh) {
    QString text = QString::fromStdString(option_.choices[static_cast<std::size_t>(index)]);
    QIcon icon;
    QString description;
    if (forecast != nullptr) {
        const Palette& palette = theme_.palette();
        if (forecast->bytes)
            text += QLatin1Char(' ') + bytesText(*forecast->bytes);
        icon = iconPixmap(verdictIcon(forecast->verdict),
                          fresh ? palette.verdict(forecast->verdict) : palette.faintText, em(1.2),
                          field_->devicePixelRatioF());
        description = fresh ? verdictText(forecast->verdict, forecast->epoch) : tr("updating");
    }
    if (buttons_ == nullptr) {
        list_->setItemText(index, text);
        list_->setItemIcon(index, icon);
        list_->setItemData(index, description, Qt::ToolTipRole);
        list_->setItemData(index, description, Qt::AccessibleDescriptionRole);
        list_->setItemData(index, fresh ? QVariant() : QVariant(theme_.palette().faintText),
                           Qt::ForegroundRole);
        return;
    }
    auto* button = buttons_->button(index);
    button->setText(text);
    button->setIcon(icon);
    button->setAccessibleDescription(description);
    button->setToolTip(description.isEmpty() ? QString()
                                             : description + QLatin1Char('\n') + field_->toolTip());
    setStyleProperty(*button, "stale", !fresh);
}

} // namespace headroom::ui
