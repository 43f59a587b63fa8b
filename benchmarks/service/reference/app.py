"""The usual way to serve such a model from Python: Flask, scikit-learn's naive Bayes over word counts."""

import csv
import os

from flask import Flask, request
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

with open(os.environ["TRAINING_DATA"], newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))

model = make_pipeline(CountVectorizer(), MultinomialNB())
model.fit([row["text"] for row in rows], [row["intent"] for row in rows])

app = Flask(__name__)


@app.post("/predict")
def predict():
    probabilities = model.predict_proba([request.get_json()["text"]])[0]
    best = probabilities.argmax()
    return {"intent": model.classes_[best], "confidence": float(probabilities[best])}


@app.get("/health")
def health():
    return {"status": "alive"}
