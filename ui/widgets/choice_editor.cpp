#include "ui/widgets/choice_editor.h"

#include "ui/models/config_model.h"
#include "ui/models/knob_text.h"
#include "ui/models/memory_text.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/theme/typography.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>

namespace headroom::ui {
namespace {

/// Above so many, buttons side by side no longer fit their row.
constexpr std::size_t mostButtons = 2;

} // namespace

ChoiceEditor::ChoiceEditor(ConfigModel& model, const Knob& knob, const Theme& theme, QWidget* parent)
    : KnobEditor(model, knob, parent), theme_(theme) {
    if (knob.choices.size() <= mostButtons)
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
    for (const std::string& choice : knob_.choices) {
        const QString text = QString::fromStdString(choice);
        auto* button = new QPushButton(text);
        button->setCheckable(true);
        button->setProperty("segment", true);
        button->setAccessibleName(knobTitle(knob_) + QLatin1Char(' ') + text);
        buttons_->addButton(button, static_cast<int>(buttons_->buttons().size()));
        row->addWidget(button);
    }
    connect(buttons_, &QButtonGroup::idClicked, this,
            [this](int index) { model_.set(knob_, knob_.choices[static_cast<std::size_t>(index)]); });
}

void ChoiceEditor::makeList(QWidget* parent) {
    list_ = new QComboBox(parent);
    list_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    list_->setFocusPolicy(Qt::StrongFocus);
    for (const std::string& choice : knob_.choices)
        list_->addItem(QString::fromStdString(choice));
    field_ = list_;
    connect(list_, &QComboBox::activated, this,
            [this](int index) { model_.set(knob_, knob_.choices[static_cast<std::size_t>(index)]); });
}

QWidget* ChoiceEditor::field() {
    return field_;
}

void ChoiceEditor::read() {
    const auto& value = std::get<std::string>(knob_.get(model_.config()));
    const auto found = std::find(knob_.choices.begin(), knob_.choices.end(), value);
    const int index = static_cast<int>(found - knob_.choices.begin());
    if (buttons_ != nullptr)
        buttons_->button(index)->setChecked(true);
    else
        list_->setCurrentIndex(index);
}

void ChoiceEditor::showForecasts(const StopForecasts& forecasts) {
    for (std::size_t i = 0; i < knob_.choices.size(); ++i) {
        const StopForecast* forecast = i < forecasts.size() && forecasts[i] ? &*forecasts[i] : nullptr;
        QString text = QString::fromStdString(knob_.choices[i]);
        QIcon icon;
        if (forecast != nullptr) {
            if (forecast->bytes)
                text += QLatin1Char(' ') + bytesText(*forecast->bytes);
            icon = iconPixmap(verdictIcon(forecast->verdict), theme_.palette().verdict(forecast->verdict),
                              em(1.2), field_->devicePixelRatioF());
        }
        const int index = static_cast<int>(i);
        if (buttons_ == nullptr) {
            list_->setItemText(index, text);
            list_->setItemIcon(index, icon);
            continue;
        }
        auto* button = buttons_->button(index);
        button->setText(text);
        button->setIcon(icon);
        button->setAccessibleDescription(forecast != nullptr ? verdictText(forecast->verdict) : QString());
    }
}

} // namespace headroom::ui
